// What `AsyncLocalStorage` of Node does with functions; what is stored in it is not known.
export class AsyncLocalStorage {
  static bind(callback: any): any {
    return callback;
  }
  static snapshot(): any {
    return (callback: any, ...given: any[]) => callback(...given);
  }
  run(_store: any, callback: any, ...given: any[]): any {
    return callback(...given);
  }
  exit(callback: any, ...given: any[]): any {
    return callback(...given);
  }
  getStore(): any {
    return $unknown();
  }
  enterWith(): void {}
  disable(): void {}
}

export class AsyncResource {
  static bind(callback: any): any {
    return callback;
  }
  bind(callback: any): any {
    return callback;
  }
  runInAsyncScope(callback: any, _this: any, ...given: any[]): any {
    return callback(...given);
  }
}

// What `AsyncLocalStorage` of Node does: all that is called within a call is done at once, so what is stored for it is
// there until it has ended.
export class AsyncLocalStorage {
  stored: any = undefined;
  static bind(callback: any): any {
    return callback;
  }
  static snapshot(): any {
    return (callback: any, ...given: any[]) => callback(...given);
  }
  run(store: any, callback: any, ...given: any[]): any {
    const before = this.stored;
    this.stored = store;
    try {
      return callback(...given);
    } finally {
      this.stored = before;
    }
  }
  exit(callback: any, ...given: any[]): any {
    return this.run(undefined, callback, ...given);
  }
  getStore(): any {
    return this.stored;
  }
  enterWith(store: any): void {
    this.stored = store;
  }
  disable(): void {
    this.stored = undefined;
  }
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

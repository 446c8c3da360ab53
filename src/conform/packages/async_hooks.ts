// What `AsyncLocalStorage` of Node does: all that is called within a call is done at once, so what is stored for it is
// there until it has ended. What is called later, or was bound where it was made, finds what was stored then: not known.
let bound = 0;

const later = (callback: any) => {
  bound++;
  try {
    return callback();
  } finally {
    bound--;
  }
};

export class AsyncLocalStorage {
  stored: any = undefined;
  static bind(callback: any): any {
    return (...given: any[]) => later(() => callback(...given));
  }
  static snapshot(): any {
    return (callback: any, ...given: any[]) => later(() => callback(...given));
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
    return bound > 0 || $isLate() ? $unknown() : this.stored;
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
    return AsyncLocalStorage.bind(callback);
  }
  bind(callback: any): any {
    return AsyncLocalStorage.bind(callback);
  }
  runInAsyncScope(callback: any, _this: any, ...given: any[]): any {
    return later(() => callback(...given));
  }
}

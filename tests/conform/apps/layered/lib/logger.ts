type Level = "info" | "warn" | "error";

function write(level: Level, scope: string, message: string, fields: object) {
  const line = JSON.stringify({ level, scope, message, ...fields });
  if (level === "error") {
    console.error(line);
  } else {
    console.log(line);
  }
}

export class Logger {
  constructor(private readonly scope: string) {}

  info(message: string, fields: object = {}): void {
    write("info", this.scope, message, fields);
  }

  error(message: string, cause: unknown, fields: object = {}): void {
    const reason = cause instanceof Error ? cause.message : String(cause);
    write("error", this.scope, message, { ...fields, reason });
  }
}

export const createLogger = (scope: string): Logger => new Logger(scope);

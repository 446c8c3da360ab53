import { type NextRequest, NextResponse } from "next/server";

export type RouteHandler = (request: NextRequest) => Promise<Response>;

const BEARER = "Bearer ";

function isAuthorized(request: NextRequest): boolean {
  const expected = process.env.CRON_SECRET;
  if (!expected) {
    return false;
  }
  const header = request.headers.get("authorization");
  if (!header?.startsWith(BEARER)) {
    return false;
  }
  return header.slice(BEARER.length) === expected;
}

/** Lets a handler run only for callers that know the cron secret. */
export function withCronAuth(handler: RouteHandler): RouteHandler {
  return async (request) => {
    if (!isAuthorized(request)) {
      return NextResponse.json({ error: "Unauthorized" }, { status: 401 });
    }
    return handler(request);
  };
}

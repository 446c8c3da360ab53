import "server-only";

/** The route's own check, before all else: without a secret it refuses. */
export function isAuthorized(request: Request): boolean {
  const secret = process.env["CRON_SECRET"];
  const given = request.headers.get("authorization");
  return secret !== undefined && secret !== "" && given === `Bearer ${secret}`;
}

export function unauthorized(): Response {
  return Response.json({ error: "Unauthorized" }, { status: 401 });
}

/** The path before Inngest: what it did and with which parameters. */
export function runInline(request: Request): Response {
  const { pathname, search } = new URL(request.url);
  return Response.json({ ranInline: pathname, search });
}

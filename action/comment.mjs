// Keeps one comment on a pull request current. Nothing here fails a job: what cannot be written is told, and stands in
// the summary of the job anyway.

const BOT = "github-actions[bot]";

/** The line by which a later run finds its comment: for this spec, of all that a repository has. */
const markerOf = (key) =>
  `<!-- inngest-offload diff of ${encodeURIComponent(key.trim())} -->`;

/**
 * Writes the comment, or changes the one that is there.
 *
 * @param {{ api: string, token: string, repository: string, number: number, key: string, text: string, create: boolean }} wanted
 * @returns {Promise<{ level: "notice" | "warning", message: string } | undefined>} why there is no comment
 */
export async function keepComment(wanted) {
  const { api, token, repository, number, key, text, create } = wanted;
  if (!token)
    return { level: "notice", message: "There is no `token` to comment with." };
  const marker = markerOf(key);
  const body = `${marker}\n${text}`;

  const call = async (method, path, content) => {
    const response = await fetch(path.startsWith(api) ? path : api + path, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "user-agent": "inngest-offload",
        "x-github-api-version": "2022-11-28",
      },
      body: content && JSON.stringify(content),
      signal: AbortSignal.timeout(30_000),
    });
    if (!response.ok) throw new Answer(response.status, method, path);
    return response;
  };

  try {
    const author = await call("GET", "/user")
      .then((response) => response.json())
      .then(({ login }) => login)
      // The token of a job is nobody's and may not ask.
      .catch(() => BOT);
    const comments = `/repos/${repository}/issues/${number}/comments`;
    let own;
    let next = `${comments}?per_page=100`;
    while (next && !own) {
      const page = await call("GET", next);
      // Anybody can write the marker; only our own comment is ours to change.
      own = (await page.json()).find(
        (comment) =>
          comment.user?.login === author && comment.body?.startsWith(marker),
      );
      next = /<([^>]+)>; rel="next"/u.exec(page.headers.get("link") ?? "")?.[1];
    }
    if (own?.body === body) return undefined;
    if (own)
      await call("PATCH", `/repos/${repository}/issues/comments/${own.id}`, {
        body,
      });
    else if (create) await call("POST", comments, { body });
    return undefined;
  } catch (fault) {
    const refused =
      fault instanceof Answer && [401, 403, 404].includes(fault.status);
    return refused
      ? {
          level: "notice",
          message:
            "The token may not comment: `pull-requests: write` is missing, or the pull request is of a fork. The changes of the contract are in the summary of the job.",
        }
      : {
          level: "warning",
          message: `The comment could not be written: ${fault.message}. The changes of the contract are in the summary of the job.`,
        };
  }
}

class Answer extends Error {
  constructor(status, method, path) {
    super(`${method} ${path} was answered with ${status}`);
    this.status = status;
  }
}

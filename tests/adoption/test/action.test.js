/**
 * The action as a runner calls it: its script, a repository with a pull request checked out as `actions/checkout`
 * does it, and an interface of GitHub on this machine that remembers what it was asked.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import { empty, environment, lay, pack, run, SPEC } from "./packages.js";
import { program, repository } from "./program.js";
import { serve } from "./registry.js";

const REPOSITORY = "acme/shop";
const action = parse(readFileSync(join(repository, "action.yml"), "utf8"));

/** An interface of GitHub: comments of one pull request, two a page, and what it was asked to write. */
async function github({ comments = [], status = 200, login } = {}) {
  const asked = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (bytes) => (text += bytes));
    request.on("end", () => {
      const url = new URL(request.url, "http://127.0.0.1");
      const content = text && JSON.parse(text);
      asked.push({ method: request.method, path: url.pathname, content });
      assert.equal(request.headers.authorization, "Bearer secret-token");
      const answer = (code, value, headers = {}) => {
        response.writeHead(code, headers);
        response.end(JSON.stringify(value));
      };
      if (status !== 200) return answer(status, { message: "no" });
      if (url.pathname === "/user")
        return login ? answer(200, { login }) : answer(403, {});
      const all = `/repos/${REPOSITORY}/issues/7/comments`;
      if (request.method === "GET" && url.pathname === all) {
        const page = Number(url.searchParams.get("page") ?? 1);
        const more = `<http://127.0.0.1:${server.address().port}${all}?page=${page + 1}>; rel="next"`;
        return answer(
          200,
          comments.slice(page * 2 - 2, page * 2),
          comments.length > page * 2 ? { link: more } : {},
        );
      }
      if (request.method === "POST" && url.pathname === all) {
        const user = { login: login ?? "github-actions[bot]" };
        comments.push({ id: comments.length + 1, body: content.body, user });
        return answer(201, {});
      }
      const one = /\/repos\/acme\/shop\/issues\/comments\/(\d+)$/u.exec(
        url.pathname,
      );
      if (request.method === "PATCH" && one) {
        comments.find(({ id }) => id === Number(one[1])).body = content.body;
        return answer(200, {});
      }
      return answer(404, {});
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  servers.push(server);
  const written = () => asked.filter(({ method }) => method !== "GET");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    asked,
    written,
    comments,
  };
}
const servers = [];
after(() => servers.forEach((server) => server.close()));

const OWN = { login: "github-actions[bot]" };
const RENAMED = SPEC.replace(
  "    window: 5m\n",
  "    window: 5m\n    event: cron/report.requested\n",
);
const FAULTY = SPEC.replace("window: 5m", "window: 15m");

/**
 * A pull request, checked out with one commit: `base` is the spec of the branch that it goes to, `head` its own.
 */
async function pull({ base = SPEC, head = SPEC, folder = ".", fork } = {}) {
  const [origin, work] = [empty(), join(empty(), "work")];
  const git = async (where, ...parameters) => {
    const { status, stdout, stderr } = await run(
      "git",
      ["-c", "user.name=A", "-c", "user.email=a@example.com", ...parameters],
      { cwd: where },
    );
    assert.equal(status, 0, stderr);
    return stdout.trim();
  };
  const spec = join(folder, "spec/inngest-offload.yaml");
  await git(origin, "init", "--quiet", "--initial-branch=main");
  await git(origin, "config", "uploadpack.allowAnySHA1InWant", "true");
  lay(origin, base === null ? { "a.txt": "a" } : { [spec]: base });
  await git(origin, "add", ".");
  await git(origin, "commit", "--quiet", "--message=base");
  const sha = await git(origin, "rev-parse", "HEAD");
  await git(origin, "checkout", "--quiet", "-b", "change");
  lay(origin, { [spec]: head, "b.txt": "b" });
  await git(origin, "add", ".");
  await git(origin, "commit", "--quiet", "--message=head");
  await git(
    origin,
    ...["clone", "--quiet", "--depth=1", "--branch=change"],
    pathToFileURL(origin).href,
    work,
  );
  lay(work, {
    "node_modules/inngest-offload/package.json": JSON.stringify({
      name: "inngest-offload",
      main: "index.js",
    }),
    "node_modules/inngest-offload/index.js": `exports.binary = () => ${JSON.stringify(program)};`,
  });
  const event = {
    pull_request: {
      number: 7,
      base: { sha },
      head: { repo: { full_name: fork ?? REPOSITORY } },
    },
  };
  return { work, event, sha };
}

/** Runs the action's own step: the script of `action.yml`, with the inputs that are given and the defaults of others. */
async function act({ work, event }, api, inputs = {}, more = {}) {
  const runner = empty();
  writeFileSync(join(runner, "event.json"), JSON.stringify(event));
  writeFileSync(join(runner, "output"), "");
  const [step] = action.runs.steps;
  const env = Object.fromEntries(
    Object.entries(step.env).map(([name, expression]) => {
      const key = /^\$\{\{ inputs\.([\w-]+) \}\}$/u.exec(expression)[1];
      const { default: otherwise } = action.inputs[key];
      return [
        name,
        inputs[key] ?? (key === "token" ? "secret-token" : otherwise),
      ];
    }),
  );
  const result = await run("bash", ["-c", step.run], {
    cwd: work,
    env: {
      ...environment(),
      ...env,
      GITHUB_ACTION_PATH: repository,
      GITHUB_WORKSPACE: work,
      GITHUB_REPOSITORY: REPOSITORY,
      GITHUB_EVENT_PATH: join(runner, "event.json"),
      GITHUB_OUTPUT: join(runner, "output"),
      GITHUB_STEP_SUMMARY: join(runner, "summary"),
      GITHUB_API_URL: api.url,
      RUNNER_TEMP: runner,
      ...more,
    },
  });
  const lines = readFileSync(join(runner, "output"), "utf8").split("\n");
  const outputs = {};
  for (let i = 0; i < lines.length; i++) {
    const [name, end] = lines[i].split("<<");
    if (end === undefined) continue;
    const last = lines.indexOf(end, i + 1);
    outputs[name] = lines.slice(i + 1, last).join("\n");
    i = last;
  }
  const summary = existsSync(join(runner, "summary"))
    ? readFileSync(join(runner, "summary"), "utf8")
    : "";
  return { ...result, outputs, summary, log: result.stdout + result.stderr };
}

const PUSH = { before: "0".repeat(40) };

test("a clean repository: nothing is said but in the summary", async () => {
  const [it, api] = [await pull(), await github()];
  const { status, outputs, summary, log } = await act(it, api);
  assert.equal(status, 0, log);
  assert.deepEqual(
    [outputs.errors, outputs.warnings, outputs.breaking, outputs.upload],
    ["0", "0", "0", "false"],
  );
  assert.match(summary, /## inngest-offload check: no findings/u);
  assert.match(summary, /### No changes to the offload contract/u);
  assert.deepEqual(api.written(), []);
});

test("findings fail the job, beside the code and in every report", async () => {
  const [it, api] = [await pull({ head: FAULTY }), await github()];
  const { status, outputs, summary, log } = await act(it, api);
  assert.equal(status, 1, log);
  assert.match(log, /^::error file=spec\/inngest-offload\.yaml,line=9/mu);
  assert.equal(outputs.errors, "1");
  assert.match(summary, /window-longer-than-schedule/u);
  const report = JSON.parse(readFileSync(outputs.report, "utf8"));
  assert.equal(report.findings[0].rule, "window-longer-than-schedule");
  assert.equal(
    JSON.parse(readFileSync(outputs.sarif, "utf8")).version,
    "2.1.0",
  );
});

test("without annotations the log is for people", async () => {
  const [it, api] = [await pull({ head: FAULTY }), await github()];
  const { log } = await act(it, api, { annotations: "false" });
  assert.doesNotMatch(log, /^::error file/mu);
  assert.match(log, /^error\[window-longer-than-schedule\]/mu);
});

describe("a change of the contract", () => {
  test("is one comment, which is kept current", async () => {
    const [it, api] = [await pull({ head: RENAMED }), await github()];
    const first = await act(it, api);
    assert.equal(first.status, 0, first.log);
    assert.equal(first.outputs.breaking, "1");
    assert.equal(api.comments.length, 1);
    assert.match(api.comments[0].body, /event-renamed/u);
    assert.match(first.summary, /event-renamed/u);

    await act(it, api);
    assert.equal(api.written().length, 1, "the same text is not written again");

    lay(it.work, { "spec/inngest-offload.yaml": SPEC });
    await act(it, api);
    assert.equal(api.comments.length, 1);
    assert.match(api.comments[0].body, /No changes to the offload contract/u);
  });

  test("fails the job when that is asked for", async () => {
    const [it, api] = [await pull({ head: RENAMED }), await github()];
    assert.equal((await act(it, api, { "fail-on": "breaking" })).status, 1);
    const faulty = await pull({ head: FAULTY });
    assert.equal((await act(faulty, api, { "fail-on": "never" })).status, 0);
  });

  test("is not commented when that is not wanted", async () => {
    const [it, api] = [await pull({ head: RENAMED }), await github()];
    const { summary } = await act(it, api, { comment: "false" });
    assert.deepEqual(api.asked, []);
    assert.match(summary, /event-renamed/u);
  });

  test("is not compared when that is not wanted", async () => {
    const [it, api] = [await pull({ head: RENAMED }), await github()];
    const { status, outputs } = await act(it, api, { "diff-against": "none" });
    assert.deepEqual([status, outputs.breaking], [0, ""]);
  });

  test("is compared with a branch that is fetched for it", async () => {
    const [it, api] = [await pull({ head: RENAMED }), await github()];
    const inputs = { "diff-against": "origin/main" };
    const { outputs, log } = await act({ ...it, event: PUSH }, api, inputs);
    assert.equal(outputs.breaking, "1", log);
    assert.deepEqual(api.asked, [], "there is no pull request to comment on");
  });

  test("is not compared after a push, when nothing else is said", async () => {
    const [it, api] = [await pull({ head: RENAMED }), await github()];
    const { status, outputs } = await act({ ...it, event: PUSH }, api);
    assert.deepEqual([status, outputs.breaking], [0, ""]);
  });

  test("that cannot be compared is told, and fails nothing", async () => {
    const api = await github();
    const it = await pull({ head: RENAMED });
    const lost = await act(it, api, { "diff-against": "origin/no-such" });
    assert.equal(lost.status, 0, lost.log);
    assert.match(
      lost.log,
      /^::warning .*the commit origin\/no-such does not exist/mu,
    );
    const broken = await act(await pull({ base: "version: 1\n" }), api);
    assert.equal(broken.status, 0, broken.log);
    assert.match(broken.log, /^::warning .*does not compile/mu);
  });

  test("that brings the first contract is none", async () => {
    const [it, api] = [await pull({ base: null }), await github()];
    const { status, outputs, summary, log } = await act(it, api);
    assert.equal(status, 0, log);
    assert.equal(outputs.breaking, "0");
    assert.match(summary, /whole contract is new/u);
    assert.deepEqual(api.written(), []);
  });

  test("is a comment for each spec of a repository", async () => {
    const api = await github();
    for (const folder of ["apps/one", "apps/two"]) {
      const it = await pull({ head: RENAMED, folder });
      await act(it, api, { "working-directory": folder });
      await act(it, api, { "working-directory": folder });
    }
    assert.equal(api.comments.length, 2);
  });
});

describe("the comment", () => {
  test("is found on a later page, and strangers' are left alone", async () => {
    const it = await pull({ head: RENAMED });
    const seen = await github();
    await act(it, seen);
    const { body } = seen.comments[0];
    const marker = body.split("\n")[0];
    const stranger = (id) => ({ id, user: { login: "mallory" }, body: marker });
    const api = await github({
      comments: [
        stranger(1),
        stranger(2),
        stranger(3),
        { id: 4, user: OWN, body: `${marker}\nold` },
      ],
    });
    await act(it, api);
    const [first, second, third, own] = api.comments.map((it) => it.body);
    assert.deepEqual([first, second, third], [marker, marker, marker]);
    assert.equal(own, body);
  });

  test("is that of who the token belongs to", async () => {
    const it = await pull({ head: RENAMED });
    const api = await github({ login: "our-robot" });
    await act(it, api);
    await act(it, api);
    assert.deepEqual(
      api.comments.map(({ user }) => user.login),
      ["our-robot"],
    );
  });

  test("of a fork is not written, and the job says where to look", async () => {
    const it = await pull({ head: RENAMED, fork: "mallory/shop" });
    const api = await github({ status: 403 });
    const { status, outputs, summary, log } = await act(it, api, {
      sarif: "true",
    });
    assert.equal(status, 0, log);
    assert.match(log, /^::notice .*may not comment/mu);
    assert.match(summary, /event-renamed/u);
    assert.equal(outputs.upload, "false");
  });

  test("that GitHub cannot take is told, and fails nothing", async () => {
    const it = await pull({ head: RENAMED });
    const { status, log } = await act(it, await github({ status: 500 }));
    assert.equal(status, 0);
    assert.match(log, /^::warning .*was answered with 500/mu);
    const none = await act(it, { url: "http://127.0.0.1:9" });
    assert.equal(none.status, 0);
    assert.match(none.log, /^::warning .*could not be written/mu);
    const without = await act(it, await github(), { token: "" });
    assert.match(without.log, /^::notice .*no `token`/mu);
  });
});

test("SARIF is uploaded when that is asked for", async () => {
  const [it, api] = [await pull({ head: FAULTY }), await github()];
  const { outputs } = await act(it, api, { sarif: "true" });
  assert.equal(outputs.upload, "true");
  assert.ok(existsSync(outputs.sarif));
});

test("a run that could not do its work fails, whatever `fail-on` says", async () => {
  const api = await github();
  const never = { "fail-on": "never" };
  const it = await pull();
  const lost = await act(it, api, { ...never, spec: "no such file.yaml" });
  assert.equal(lost.status, 1);
  assert.match(lost.log, /^::error .*could not run/mu);
  const typo = await act(it, api, { "fail-on": "nothing" });
  assert.match(typo.log, /^::error .*`findings`, `breaking` or `never`/mu);
  const bad = await act(it, api, { sarif: "yes" });
  assert.match(bad.log, /^::error .*`sarif` must be `true` or `false`/mu);
  const nowhere = await act(it, api, { "working-directory": "no/such" });
  assert.match(nowhere.log, /^::error .*does not exist: `no\/such`/mu);
});

test("more arguments are one a line, and `spec` and `root` may hold spaces", async () => {
  const it = await pull({ head: FAULTY });
  lay(it.work, { "my specs/a b.yaml": SPEC });
  const { status, log } = await act(it, await github(), {
    spec: "my specs/a b.yaml",
    root: "my specs",
    args: "--only\nspec\n\n",
    "diff-against": "none",
  });
  assert.equal(status, 0, log);
});

describe("what somebody else wrote is never a command", () => {
  const hostile = [
    '"; touch pwned; "',
    "$(touch pwned)",
    "`touch pwned`",
    "a\n::set-output name=x::y\ntouch pwned",
    "--upload-pack=touch pwned",
  ];
  for (const key of Object.keys(action.inputs)) {
    if (key === "token") continue;
    test(`\`${key}\``, async () => {
      const it = await pull({ head: RENAMED });
      for (const text of hostile) {
        const { log } = await act(it, await github(), { [key]: text });
        assert.doesNotMatch(log, /^::set-output/mu);
      }
      assert.ok(!readdirSync(it.work).includes("pwned"));
    });
  }

  test("`action.yml` puts no expression into a script", () => {
    for (const step of action.runs.steps)
      assert.doesNotMatch(step.run ?? "", /\$\{\{/u);
  });

  test("`action.yml` hands on every input, and describes every output", () => {
    const handed = Object.values(action.runs.steps[0].env).join(" ");
    for (const name of Object.keys(action.inputs))
      assert.ok(handed.includes(`inputs.${name} }}`), name);
    for (const { value, description } of Object.values(action.outputs)) {
      assert.ok(description);
      assert.match(value, /^\$\{\{ steps\.run\.outputs\.\w+ \}\}$/u);
    }
  });
});

describe("where the program comes from", () => {
  let registry;
  before(async () => (registry = await serve(await pack())));
  after(() => registry.close());
  const through = () => ({ npm_config_registry: registry.url });
  const bare = async () => {
    const it = await pull();
    const { status } = await run("rm", ["-r", "node_modules"], {
      cwd: it.work,
    });
    assert.equal(status, 0);
    return it;
  };

  test("a project without it gets the version of the action", async () => {
    const [it, api] = [await bare(), await github()];
    const { status, log } = await act(it, api, {}, through());
    assert.equal(status, 0, log);
    assert.ok(!existsSync(join(it.work, "node_modules")));
  });

  test("a version that does not exist is told", async () => {
    const [it, api] = [await pull(), await github()];
    const inputs = { version: "99.0.0" };
    const { status, log } = await act(it, api, inputs, through());
    assert.equal(status, 1);
    assert.match(log, /^::error .*inngest-offload@99\.0\.0 could not be/mu);
  });
});

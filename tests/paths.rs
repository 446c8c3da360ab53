//! Which file an import means: a table of applications, and what each of their imports comes to.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use inngest_offload::conform::paths::{Resolved, Resolver};

/// Files of an application: a path alone, or a path and its text.
type Files = &'static [(&'static str, &'static str)];

/// Importer, specifier, and the file; `npm NAME` for a package, `-` for nothing.
type Imports = &'static [(&'static str, &'static str, &'static str)];

/// The application most rows are about: a Next.js repository of one package.
const NEXT: Files = &[
    ("package.json", r#"{ "name": "web", "dependencies": { "next": "15", "@scope/used": "1" } }"#),
    (
        "tsconfig.json",
        "{\n  // Written by Next.js\n  \"compilerOptions\": {\n    \"paths\": {\n      \"@/*\": [\"./*\"], /* all */\n      \"@lib/*\": [\"./lib/*\", \"./legacy/*\"],\n      \"@lib/special/*\": [\"./special/*\"],\n      \"@scope/*\": [\"./nowhere/*\"],\n      \"env\": [\"./lib/env.ts\"],\n    },\n  },\n}\n",
    ),
    ("app/api/cron/nightly/route.ts", ""),
    ("app/page.tsx", ""),
    ("lib/inngest/client.ts", ""),
    ("lib/inngest/index.ts", ""),
    ("lib/both.ts", ""),
    ("lib/both.js", ""),
    ("lib/both/index.ts", ""),
    ("lib/view.tsx", ""),
    ("lib/esm.mts", ""),
    ("lib/common.cts", ""),
    ("lib/plain.js", ""),
    ("lib/old.jsx", ""),
    ("lib/new.mjs", ""),
    ("lib/data.json", ""),
    ("lib/types.d.ts", ""),
    ("lib/dotted.service.ts", ""),
    ("lib/style.css", ""),
    ("lib/env.ts", ""),
    ("lib/named/package.json", r#"{ "main": "./entry.js" }"#),
    ("lib/named/entry.ts", ""),
    ("lib/named/index.ts", ""),
    ("legacy/only.ts", ""),
    ("special/a.ts", ""),
    ("lib/special/a.ts", ""),
    ("lib/special/b.ts", ""),
    ("middleware.ts", ""),
];

const ROUTE: &str = "app/api/cron/nightly/route.ts";

const TABLE: &[(&str, Files, Imports)] = &[
    (
        "relative",
        NEXT,
        &[
            (ROUTE, "../../../../lib/inngest/client", "lib/inngest/client.ts"),
            (ROUTE, "../../../../lib/inngest", "lib/inngest/index.ts"),
            (ROUTE, "../../../../lib/inngest/", "lib/inngest/index.ts"),
            ("lib/inngest/client.ts", ".", "lib/inngest/index.ts"),
            ("lib/inngest/client.ts", "./", "lib/inngest/index.ts"),
            ("lib/inngest/client.ts", "..", "-"),
            ("lib/inngest/client.ts", "../both", "lib/both.ts"),
            ("lib/inngest/client.ts", "../both/", "lib/both/index.ts"),
            ("lib/env.ts", "./view", "lib/view.tsx"),
            ("lib/env.ts", "./esm", "lib/esm.mts"),
            ("lib/env.ts", "./common", "lib/common.cts"),
            ("lib/env.ts", "./plain", "lib/plain.js"),
            ("lib/env.ts", "./old", "lib/old.jsx"),
            ("lib/env.ts", "./new", "lib/new.mjs"),
            ("lib/env.ts", "./data.json", "lib/data.json"),
            ("lib/env.ts", "./types", "lib/types.d.ts"),
            ("lib/env.ts", "./dotted.service", "lib/dotted.service.ts"),
            ("lib/env.ts", "./style.css", "lib/style.css"),
            ("lib/env.ts", "./style.css?inline", "lib/style.css"),
            ("lib/env.ts", "./named", "lib/named/entry.ts"),
            ("lib/env.ts", "./nothing", "-"),
            ("lib/env.ts", "./", "-"),
            ("lib/env.ts", "../../outside", "-"),
            ("middleware.ts", "./lib/env", "lib/env.ts"),
            ("middleware.ts", "./app/../lib/./env", "lib/env.ts"),
        ],
    ),
    (
        "extensions of what is compiled",
        NEXT,
        &[
            ("lib/env.ts", "./both.js", "lib/both.ts"),
            ("lib/env.ts", "./view.js", "lib/view.tsx"),
            ("lib/env.ts", "./view.jsx", "lib/view.tsx"),
            ("lib/env.ts", "./esm.mjs", "lib/esm.mts"),
            ("lib/env.ts", "./common.cjs", "lib/common.cts"),
            ("lib/env.ts", "./plain.js", "lib/plain.js"),
            ("lib/env.ts", "./types.js", "lib/types.d.ts"),
            ("lib/env.ts", "./env.ts", "lib/env.ts"),
            ("lib/env.ts", "./inngest/index.js", "lib/inngest/index.ts"),
            ("lib/env.ts", "./inngest.js", "-"),
            ("lib/env.ts", "./dotted.service.js", "lib/dotted.service.ts"),
            ("lib/env.ts", "./.js", "-"),
        ],
    ),
    (
        "aliases",
        NEXT,
        &[
            (ROUTE, "@/lib/inngest/client", "lib/inngest/client.ts"),
            (ROUTE, "@/lib/inngest", "lib/inngest/index.ts"),
            (ROUTE, "@/lib/both.js", "lib/both.ts"),
            (ROUTE, "@/middleware", "middleware.ts"),
            (ROUTE, "@/lib/nothing", "-"),
            (ROUTE, "@/../outside", "-"),
            (ROUTE, "@lib/env", "lib/env.ts"),
            (ROUTE, "@lib/only", "legacy/only.ts"),
            (ROUTE, "@lib/special/a", "special/a.ts"),
            // The longest beginning wins, and others are not asked.
            (ROUTE, "@lib/special/b", "-"),
            (ROUTE, "env", "lib/env.ts"),
            (ROUTE, "@scope/used", "npm @scope/used"),
            (ROUTE, "@scope/other", "-"),
        ],
    ),
    (
        "packages and names that no package has",
        NEXT,
        &[
            (ROUTE, "next/server", "npm next"),
            (ROUTE, "inngest", "npm inngest"),
            (ROUTE, "@sentry/nextjs/client", "npm @sentry/nextjs"),
            (ROUTE, "node:crypto", "npm node:crypto"),
            (ROUTE, "fs", "npm fs"),
            (ROUTE, "https://example.com/a.js", "npm https://example.com/a.js"),
            (ROUTE, "lib/env", "npm lib"),
            (ROUTE, "~/lib/env", "-"),
            (ROUTE, "$lib/env", "-"),
            (ROUTE, "@", "-"),
            (ROUTE, "@scope", "-"),
            (ROUTE, "@/", "-"),
            (ROUTE, "#lib", "-"),
            (ROUTE, "/lib/env", "-"),
            (ROUTE, "", "-"),
            (ROUTE, "é", "-"),
        ],
    ),
    (
        "baseUrl",
        &[
            (
                "web/tsconfig.json",
                r#"{ "compilerOptions": { "baseUrl": "./src", "paths": { "~/*": ["*"], "*": ["types/*"] } } }"#,
            ),
            ("web/src/lib/a.ts", ""),
            ("web/src/types/untyped.ts", ""),
            ("web/src/types/lib/a.ts", ""),
            ("web/src/page.tsx", ""),
            ("other/b.ts", ""),
        ],
        &[
            ("web/src/page.tsx", "~/lib/a", "web/src/lib/a.ts"),
            ("web/src/page.tsx", "page", "web/src/page.tsx"),
            ("web/src/page.tsx", "untyped", "web/src/types/untyped.ts"),
            ("web/src/page.tsx", "lib/a", "web/src/types/lib/a.ts"),
            ("web/src/page.tsx", "react", "npm react"),
            ("web/src/page.tsx", "~/nothing", "-"),
            ("other/b.ts", "lib/a", "npm lib"),
            ("other/b.ts", "~/lib/a", "-"),
        ],
    ),
    (
        "extends",
        &[
            (
                "tsconfig.base.json",
                r#"{ "compilerOptions": { "paths": { "@base/*": ["./shared/*"], "@over/*": ["./shared/*"] } } }"#,
            ),
            ("configs/strict.json", r#"{ "compilerOptions": { "paths": { "@strict/*": ["./here/*"] } } }"#),
            ("configs/here/s.ts", ""),
            ("configs/template.json", r#"{ "compilerOptions": { "paths": { "@own/*": ["${configDir}/src/*"] } } }"#),
            ("apps/a/tsconfig.json", r#"{ "extends": "../../tsconfig.base" }"#),
            ("apps/b/tsconfig.json", r#"{ "extends": ["../../tsconfig.base.json", "../../configs/strict.json"] }"#),
            ("apps/c/tsconfig.json", r#"{ "extends": "../../configs/template.json" }"#),
            ("apps/d/tsconfig.json", r#"{ "extends": "./tsconfig.json" }"#),
            (
                "apps/e/tsconfig.json",
                r#"{ "extends": "../../tsconfig.base.json", "compilerOptions": { "baseUrl": "." } }"#,
            ),
            (
                "apps/f/jsconfig.json",
                r#"{ "extends": "@tsconfig/next", "compilerOptions": { "paths": { "@/*": ["src/*"] } } }"#,
            ),
            ("apps/c/src/own.ts", ""),
            ("apps/e/shared/x.ts", ""),
            ("apps/f/src/f.js", ""),
            ("shared/x.ts", ""),
        ],
        &[
            ("apps/a/m.ts", "@base/x", "shared/x.ts"),
            ("apps/b/m.ts", "@strict/s", "configs/here/s.ts"),
            // `paths` are replaced as a whole.
            ("apps/b/m.ts", "@base/x", "npm @base/x"),
            ("apps/c/m.ts", "@own/own", "apps/c/src/own.ts"),
            ("apps/d/m.ts", "./own", "-"),
            ("apps/e/m.ts", "@base/x", "apps/e/shared/x.ts"),
            ("apps/e/m.ts", "shared/x", "apps/e/shared/x.ts"),
            ("apps/f/m.js", "@/f", "apps/f/src/f.js"),
        ],
    ),
    (
        "references",
        &[
            (
                "tsconfig.json",
                r#"{ "files": [], "references": [{ "path": "./tsconfig.app.json" }, { "path": "./server" }] }"#,
            ),
            ("tsconfig.app.json", r#"{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } }, "include": ["src"] }"#),
            ("server/tsconfig.json", r#"{ "compilerOptions": { "paths": { "@server/*": ["./*"] } } }"#),
            ("src/a.ts", ""),
            ("server/b.ts", ""),
        ],
        &[("src/a.ts", "@/a", "src/a.ts"), ("src/a.ts", "@server/b", "server/b.ts"), ("src/a.ts", "@/c", "-")],
    ),
    (
        "imports of package.json",
        &[
            (
                "package.json",
                r##"{ "imports": { "#env": "./lib/env.js", "#lib/*": "./lib/*.ts", "#lib/deep/*": "./deep/*.ts", "#db": { "types": "./lib/db.d.ts", "node": "./lib/db.node.ts", "default": "./lib/db.ts" }, "#out": "react", "#me": "#me", "#none": null, "#many": [{ "browser": "./none.ts" }, "./lib/env.ts"], "#built/*": "./dist/*.js" } }"##,
            ),
            ("lib/env.ts", ""),
            ("lib/db.ts", ""),
            ("lib/db.d.ts", ""),
            ("deep/x.ts", ""),
            ("src/built.ts", ""),
            ("inner/package.json", "{}"),
            ("inner/a.ts", ""),
        ],
        &[
            ("lib/db.ts", "#env", "lib/env.ts"),
            ("lib/db.ts", "#lib/db", "lib/db.ts"),
            ("lib/db.ts", "#lib/deep/x", "deep/x.ts"),
            ("lib/env.ts", "#db", "lib/db.ts"),
            ("lib/env.ts", "#many", "lib/env.ts"),
            ("lib/env.ts", "#built/built", "src/built.ts"),
            ("lib/env.ts", "#out", "-"),
            ("lib/env.ts", "#me", "-"),
            ("lib/env.ts", "#none", "-"),
            ("lib/env.ts", "#nothing", "-"),
            ("inner/a.ts", "#env", "-"),
        ],
    ),
    (
        "workspaces",
        &[
            ("package.json", r#"{ "workspaces": ["packages/*", "apps/**", "!packages/hidden"] }"#),
            (
                "apps/web/package.json",
                r#"{ "name": "web", "dependencies": { "@acme/core": "workspace:*" }, "exports": { "./own": "./src/own.ts" } }"#,
            ),
            ("apps/web/tsconfig.json", r#"{ "extends": "@acme/config/next.json" }"#),
            ("apps/web/src/page.tsx", ""),
            ("apps/web/src/own.ts", ""),
            (
                "packages/core/package.json",
                r#"{ "name": "@acme/core", "exports": { ".": { "types": "./src/index.d.ts", "import": "./src/index.ts" }, "./jobs/*": "./src/jobs/*.ts", "./built": { "import": "./dist/esm/built.js" }, "./later": "./dist/later.js" } }"#,
            ),
            ("packages/core/src/index.ts", ""),
            ("packages/core/src/index.d.ts", ""),
            ("packages/core/src/jobs/nightly.ts", ""),
            ("packages/core/src/built.ts", ""),
            ("packages/old/package.json", r#"{ "name": "old", "main": "dist/index.js", "types": "dist/index.d.ts" }"#),
            ("packages/old/src/index.ts", ""),
            ("packages/old/util.ts", ""),
            ("packages/bare/package.json", r#"{ "name": "bare" }"#),
            ("packages/bare/index.js", ""),
            ("packages/unbuilt/package.json", r#"{ "name": "unbuilt", "main": "lib/main.js" }"#),
            ("packages/hidden/package.json", r#"{ "name": "hidden" }"#),
            ("packages/hidden/index.ts", ""),
            ("packages/config/package.json", r#"{ "name": "@acme/config" }"#),
            ("packages/config/next.json", r#"{ "compilerOptions": { "paths": { "@/*": ["${configDir}/src/*"] } } }"#),
            ("tests/fixtures/react/package.json", r#"{ "name": "react" }"#),
            ("tests/fixtures/react/index.js", ""),
            ("node_modules/old/package.json", r#"{ "name": "old", "main": "index.js" }"#),
        ],
        &[
            ("apps/web/src/page.tsx", "@acme/core", "packages/core/src/index.ts"),
            ("apps/web/src/page.tsx", "@acme/core/jobs/nightly", "packages/core/src/jobs/nightly.ts"),
            ("apps/web/src/page.tsx", "@acme/core/built", "packages/core/src/built.ts"),
            ("apps/web/src/page.tsx", "@acme/core/later", "npm @acme/core"),
            ("apps/web/src/page.tsx", "@acme/core/nothing", "-"),
            ("apps/web/src/page.tsx", "@acme/core/src/index", "packages/core/src/index.ts"),
            ("apps/web/src/page.tsx", "old", "packages/old/src/index.ts"),
            ("apps/web/src/page.tsx", "old/util", "packages/old/util.ts"),
            ("apps/web/src/page.tsx", "bare", "packages/bare/index.js"),
            ("apps/web/src/page.tsx", "unbuilt", "npm unbuilt"),
            ("apps/web/src/page.tsx", "hidden", "npm hidden"),
            ("apps/web/src/page.tsx", "react", "npm react"),
            ("apps/web/src/page.tsx", "@/own", "apps/web/src/own.ts"),
            ("apps/web/src/page.tsx", "web/own", "apps/web/src/own.ts"),
        ],
    ),
    (
        "pnpm",
        &[
            ("pnpm-workspace.yaml", "packages:\n  - packages/*\n  - '!packages/not'\n"),
            ("packages/a/package.json", r#"{ "name": "a", "exports": "./src/main.ts" }"#),
            ("packages/a/src/main.ts", ""),
            ("packages/not/package.json", r#"{ "name": "not" }"#),
            ("packages/not/index.ts", ""),
        ],
        &[("packages/not/index.ts", "a", "packages/a/src/main.ts"), ("packages/a/src/main.ts", "not", "npm not")],
    ),
    (
        "configurations that say nothing",
        &[
            ("a/tsconfig.json", "{ \"compilerOptions\": "),
            ("a/b.ts", ""),
            ("a/c.ts", ""),
            ("d/tsconfig.json", "[]"),
            ("d/jsconfig.json", r#"{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }"#),
            ("d/e.ts", ""),
            ("package.json", "null"),
            (
                "f/tsconfig.json",
                r#"{ "extends": 1, "compilerOptions": { "baseUrl": 2, "paths": { "@/*": "./*", "x": [3, "../../y"] } } }"#,
            ),
            ("f/g.ts", ""),
        ],
        &[
            ("a/b.ts", "./c", "a/c.ts"),
            ("a/b.ts", "@/c", "-"),
            ("d/e.ts", "@/e", "d/e.ts"),
            ("f/g.ts", "x", "-"),
            ("f/g.ts", "@/g", "-"),
        ],
    ),
];

#[test]
fn every_import_comes_to_what_typescript_makes_of_it() {
    let mut faults = String::new();
    for (name, files, imports) in TABLE {
        let paths: BTreeSet<String> = files.iter().map(|(path, _)| (*path).to_owned()).collect();
        let resolver = resolver(&paths, files);
        for (importer, specifier, expected) in *imports {
            let found = match resolver.resolve(importer, specifier) {
                Resolved::File(path) => path.to_owned(),
                Resolved::Package(name) => format!("npm {name}"),
                Resolved::Missing => "-".to_owned(),
            };
            if found != *expected {
                let _ = writeln!(faults, "{name}: {specifier} in {importer}: {found}, not {expected}");
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn configurations_that_cannot_be_read_are_named() {
    let (_, files, _) = TABLE.last().expect("a row");
    let paths: BTreeSet<String> = files.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(resolver(&paths, files).unreadable(), ["package.json", "a/tsconfig.json", "d/tsconfig.json"]);
}

#[test]
fn threads_can_share_it() {
    fn shared<T: Sync + Send>(_: &T) {}
    shared(&resolver(&BTreeSet::new(), &[]));
}

/// A thousand files with ten imports each, through aliases: well below what reading them takes.
#[test]
fn a_large_application_costs_little() {
    let mut paths: BTreeSet<String> = (0..1_000).map(|n| format!("lib/area{}/part{n}/file.ts", n % 10)).collect();
    paths.insert("tsconfig.json".to_owned());
    let config = r#"{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }"#;
    let resolver = Resolver::new(&paths, |path| (path == "tsconfig.json").then(|| config.to_owned()));
    let mut found = 0;
    for importer in &paths {
        for n in 0..10 {
            let specifier = format!("@/lib/area{n}/part{n}/file");
            found += usize::from(matches!(resolver.resolve(importer, &specifier), Resolved::File(_)));
        }
    }
    assert_eq!(found, 10 * paths.len());
}

fn resolver<'f>(paths: &'f BTreeSet<String>, files: Files) -> Resolver<'f> {
    Resolver::new(paths, |wanted| files.iter().find(|(path, _)| *path == wanted).map(|(_, text)| (*text).to_owned()))
}

/**
 * A registry of packages on this machine's own interface, so that package managers install our tarballs as they
 * would the published ones and need no network.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

/**
 * Serves packages until `close`.
 *
 * @param {{ manifest: object, tarball: string }[]} packages the `package.json` and the file of each
 */
export async function serve(packages) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url).replace(/\?.*$/u, "").slice(1);
    const tarball = packages.find(({ file }) => path === `-/${file}`);
    if (tarball) return response.end(tarball.bytes);
    const found = packages.find(({ manifest }) => manifest.name === path);
    if (!found) {
      response.statusCode = 404;
      return response.end(JSON.stringify({ error: "not found" }));
    }
    const { manifest, file, bytes } = found;
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({
        name: manifest.name,
        "dist-tags": { latest: manifest.version },
        time: { [manifest.version]: "2024-01-01T00:00:00.000Z" },
        versions: {
          [manifest.version]: {
            ...manifest,
            dist: {
              tarball: `${address()}/-/${encodeURIComponent(file)}`,
              integrity: `sha512-${createHash("sha512").update(bytes).digest("base64")}`,
              shasum: createHash("sha1").update(bytes).digest("hex"),
            },
          },
        },
      }),
    );
  });
  packages = packages.map(({ manifest, tarball }) => ({
    manifest,
    file: `${manifest.name.replace(/\W+/gu, "-")}-${manifest.version}.tgz`,
    bytes: readFileSync(tarball),
  }));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const address = () => `http://127.0.0.1:${server.address().port}`;
  return { url: address(), close: () => server.close() };
}

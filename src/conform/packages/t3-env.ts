// What `createEnv` of t3-env makes of an environment.
import { ZodType } from "zod";

const asRead = (schema: any) =>
  // Of other libraries of schemas nothing is known but that a value comes out.
  $isUnknown(schema) || !(schema instanceof ZodType) ? new ZodType(() => ({ success: true, data: $given() })) : schema;

export const createEnv = (options: any): any => {
  const { server = {}, client = {}, shared = {} } = options;
  const own: any = {};
  for (const name of Object.keys(server)) own[name] = process.env[name];
  for (const name of Object.keys(shared)) own[name] = process.env[name];
  const given: any = options.runtimeEnvStrict ?? options.runtimeEnv ?? { ...own, ...options.experimental__runtimeEnv };
  if (options.skipValidation) return given;
  const data: any = {};
  for (const [name, schema] of Object.entries({ ...server, ...client, ...shared })) {
    const read = given[name];
    // What is not known is missing or not: an empty one makes no third case.
    const value = options.emptyStringAsUndefined && !$isUnknown(read) && read === "" ? undefined : read;
    const result = asRead(schema).safeParse(value);
    if (result.success) data[name] = result.data;
    // A variable that nobody names here is one that every deployment has right.
    else if ($isOther(process.env, name)) data[name] = $unknown();
    else throw new Error("Invalid environment variables");
  }
  const inherited = (options.extends ?? []).reduce((all: any, other: any) => ({ ...all, ...other }), {});
  return { ...inherited, ...data };
};

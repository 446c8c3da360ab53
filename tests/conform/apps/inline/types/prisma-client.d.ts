// The generated client is not committed; this much of it is enough to compile without
// running `prisma generate` first.
declare module "@prisma/client" {
  type Args = Record<string, unknown>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  type Row = any;

  interface Model {
    findMany(args?: Args): Promise<Row[]>;
    findFirst(args?: Args): Promise<Row | null>;
    findUnique(args: Args): Promise<Row | null>;
    count(args?: Args): Promise<number>;
    groupBy(args: Args): Promise<Row[]>;
    create(args: Args): Promise<Row>;
    createMany(args: Args): Promise<{ count: number }>;
    update(args: Args): Promise<Row>;
    updateMany(args: Args): Promise<{ count: number }>;
    upsert(args: Args): Promise<Row>;
    deleteMany(args?: Args): Promise<{ count: number }>;
  }

  export class PrismaClient {
    constructor(options?: Args);
    appointment: Model;
    availabilityCache: Model;
    backgroundJob: Model;
    campaign: Model;
    conversation: Model;
    followUpTask: Model;
    inngestJobRun: Model;
    lead: Model;
    message: Model;
    offeredSlot: Model;
    responseTiming: Model;
    webhookEvent: Model;
    workspace: Model;
    $queryRaw(
      strings: TemplateStringsArray,
      ...values: unknown[]
    ): Promise<Row>;
    $executeRaw(
      strings: TemplateStringsArray,
      ...values: unknown[]
    ): Promise<number>;
  }
}

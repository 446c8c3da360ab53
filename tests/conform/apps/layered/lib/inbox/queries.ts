import prisma from "@/lib/prisma";

export type Folder = "open" | "snoozed" | "done";

const FOLDERS: readonly Folder[] = ["open", "snoozed", "done"];

export function listConversations(workspaceId: string, folder: Folder) {
  return prisma.conversation.findMany({
    where: { workspaceId, folder },
    orderBy: { lastMessageAt: "desc" },
    take: 50,
  });
}

export async function countConversations(workspaceId: string) {
  const counts = await Promise.all(
    FOLDERS.map((folder) =>
      prisma.conversation.count({ where: { workspaceId, folder } }),
    ),
  );
  return Object.fromEntries(
    FOLDERS.map((folder, index) => [folder, counts[index] ?? 0]),
  );
}

export const isFolder = (value: string | null): value is Folder =>
  FOLDERS.includes(value as Folder);

export async function apply(delivery: string): Promise<void> {
  await fetch("https://shipments.example.com/", { method: "POST", body: delivery });
}

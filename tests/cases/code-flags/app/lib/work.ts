export async function work(name: string): Promise<{ rows: number }> {
  const response = await fetch(`https://reports.example.com/${name}`, { method: "POST" });
  return response.json();
}

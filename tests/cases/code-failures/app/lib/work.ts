export async function work(name: string): Promise<{ rows: number; name: string }> {
  const response = await fetch(`https://reports.example.com/${name}`, { method: "POST" });
  const { rows } = await response.json();
  return { rows, name };
}

export async function tidy(): Promise<number> {
  const response = await fetch("https://reports.example.com/tidy", { method: "POST" });
  return response.status;
}

export function refuse(report: { rows: number }): void {
  if (report.rows === 0) throw new Error("no rows");
}

export async function tell(report: { rows: number }): Promise<void> {
  await fetch("https://alerts.example.com", { method: "POST", body: JSON.stringify(report) });
  if (report.rows === 0) throw new Error("no rows");
}

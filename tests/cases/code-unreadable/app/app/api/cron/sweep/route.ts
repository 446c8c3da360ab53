export function GET() {
  return Response.json({ name: "Sья" });
}

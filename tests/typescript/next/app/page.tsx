import type { ReactNode } from "react";

export default function Page(): ReactNode {
  return <p>Seven routes, and Inngest.</p>;
}

export function isOn(value: string | undefined): boolean {
  return ["1", "true", "yes", "on"].includes((value ?? "").trim().toLowerCase());
}

export function isSet(value: string | undefined): boolean {
  return (value ?? "").trim() !== "";
}

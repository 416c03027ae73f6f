export async function benchQuery(): Promise<void> {}

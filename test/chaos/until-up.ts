/** Resolves once something answers there: the app may just be starting. */
export async function untilUp(appUrl: string): Promise<void> {
  for (;;) {
    const answered = await fetch(appUrl).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

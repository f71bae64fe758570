/** The database could not be started; the message is a sentence for the operator. */
export class DatabaseStartError extends Error {
  static from(error: unknown, folder: string, log = ""): DatabaseStartError {
    const { code, message } = error as NodeJS.ErrnoException;
    if (["EROFS", "EACCES", "EPERM", "ENOTDIR", "EEXIST"].includes(code ?? "")) {
      return new DatabaseStartError(
        `Can't write to ${folder}. Make it writable for this user, or set DATA_DIR to a folder that is.`,
      );
    }
    if (code === "ENOSPC" || /No space left/.test(`${message}${log}`)) {
      return new DatabaseStartError(
        `The disk that holds ${folder} is full. Free at least 200 MB there, or set DATA_DIR to a folder on another disk.`,
      );
    }
    return new DatabaseStartError(
      `PostgreSQL could not start in ${folder}. Set DATABASE_URL to use a server of your own. It said:\n${log || message}`,
    );
  }
}

/** What stopped the start, as one sentence that says what to do. */
export const startSentence = (error: unknown, folder: string): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `This user may not write to ${folder}: choose another folder with --data.`;
    case "ENOTDIR":
    case "EEXIST":
      return `${folder} is no folder: choose another one with --data.`;
    case "ENOSPC":
      return "The disk is full: free some space and start again. Nothing that was acknowledged is lost.";
    default:
      return message;
  }
};

/** What stopped the start, as one sentence that says what to do. */
export const startSentence = (error: unknown, address: { readonly host: string; readonly port: number }): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "EADDRINUSE":
      return `Port ${address.port} on ${address.host} is taken: stop what uses it, or set SAFAR_PORT to another one (0 takes a free one).`;
    case "EADDRNOTAVAIL":
      return `${address.host} is no address of this machine: set SAFAR_HOST to one that is.`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `${address.host} is no name that this machine knows: set SAFAR_HOST to an address of this machine.`;
    case "EACCES":
      return `This user may not listen on port ${address.port}: set SAFAR_PORT to one above 1023.`;
    case "ENOSPC":
      return "The disk is full: free some space and start again. Nothing that was acknowledged is lost.";
    default:
      return message;
  }
};

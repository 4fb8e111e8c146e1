/**
 * Subjects and file names stand in clear on the disk, so they must be ids of ours. A bare number or a passport's
 * shape is refused, since it would be somebody's.
 */
const SOMEBODYS = /^(\d+|[A-Za-z]{2}\d{7})$/;
const SUBJECT = /^[A-Za-z0-9][A-Za-z0-9:._-]{0,127}$/;
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** @throws RangeError; the message does not repeat the text, which may be personal */
export const checkSubject = (subject: string): void => {
  if (!SUBJECT.test(subject) || SOMEBODYS.test(subject)) throw new RangeError("a subject is an id, such as a UUID");
};

/** @throws RangeError; the message does not repeat the text, which may be personal */
export const checkFileName = (name: string): void => {
  if (!FILE_NAME.test(name) || SOMEBODYS.test(name)) throw new RangeError("a file's name is an id of ours");
};

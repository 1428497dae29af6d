// Line ends. The editor and the engine count them as one character; a file keeps those that it has.

/** A text with line ends of one character, as it is edited. */
export const evened = (text: string): string => text.replace(/\r\n?/g, '\n');

/** Whether a text has the line ends of Windows. */
export const isWide = (text: string): boolean => text.includes('\r\n');

/** A text as it goes into a file. */
export const written = (text: string, wide: boolean): string => (wide ? text.replaceAll('\n', '\r\n') : text);

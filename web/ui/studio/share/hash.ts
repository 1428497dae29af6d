// What stands after the `#` of the address, where servers do not see it.

const parameters = () => new URLSearchParams(location.hash.slice(1));

/** The text of a link to a shared tree, if the page was opened by one: for the engine to read. */
export const sharedText = (): string | undefined => parameters().get('share') ?? undefined;

/** Whether only the conversation is wanted, without anything to edit: for other people's pages. */
export const onlyPreview = (): boolean => parameters().get('only') === 'preview';

// @ts-check
/** The site's pages in their order, by group. A test checks that every page of `docs/site` is here. */

/** @type {{ title: string, pages: string[] }[]} */
export const GROUPS = [
  { title: 'Get started', pages: ['start-script', 'start-npm', 'start-rust', 'server', 'tenant', 'playground'] },
  { title: 'Coming from', pages: ['from-auth0js', 'from-lock'] },
  { title: 'Make it yours', pages: ['theming', 'languages', 'accessibility'] },
  { title: 'Go live', pages: ['files', 'csp', 'cookies', 'security', 'browsers', 'figures'] },
  { title: 'Test', pages: ['testing', 'mock', 'team'] },
  { title: 'Reference', pages: ['reference-dialog', 'reference-sdk', 'reference-errors', 'reference-mock', 'contributing'] },
];

/** The pages in the order in which they are read. */
export const ORDER = ['index', ...GROUPS.flatMap(({ pages }) => pages)];

import { defineCatalog, msg } from '../define.js';

export const host = defineCatalog({});

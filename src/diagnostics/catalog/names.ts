import { defineCatalog, msg } from '../define.js';

export const names = defineCatalog({});

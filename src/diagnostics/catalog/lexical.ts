import { defineCatalog, msg } from '../define.js';

export const lexical = defineCatalog({});

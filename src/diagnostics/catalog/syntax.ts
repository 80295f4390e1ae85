import { defineCatalog, msg } from '../define.js';

export const syntax = defineCatalog({});

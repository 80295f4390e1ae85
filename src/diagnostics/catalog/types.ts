import { defineCatalog, msg } from '../define.js';

export const types = defineCatalog({});

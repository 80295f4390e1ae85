import { defineCatalog, msg } from '../define.js';

export const options = defineCatalog({});

import { defineCatalog, msg } from '../define.js';

export const workflows = defineCatalog({});

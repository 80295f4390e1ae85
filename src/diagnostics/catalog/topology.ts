import { defineCatalog, msg } from '../define.js';

export const topology = defineCatalog({});

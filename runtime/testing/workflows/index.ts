export * from './all.js';
export * from './detach.js';
export * from './handlers.js';
export * from './handles.js';
export * from './inbox.js';
export * from './nexus.js';
export * from './race.js';
export * from './value.js';

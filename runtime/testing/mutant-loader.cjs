// A webpack loader that puts all mutants into one bundle. A module that is asked for as `x.ts?mutant=3` is a copy of its
// own, with the change of the mutant of that number, and so is everything of the runtime that it imports.
module.exports = function mutantLoader(source) {
  const { mutants } = this.getOptions();
  if (this.resourcePath.endsWith('mutant-entry.ts')) return replace(source, '= [];', `= [${mutants.map(load)}];`);
  const number = new URLSearchParams(this.resourceQuery).get('mutant');
  const { file, from, to } = mutants[number];
  const mutated = file && this.resourcePath.endsWith(`/workflow/${file}`) ? replace(source, from, to) : source;
  return mutated.replaceAll(/( from '\.{1,2}\/(?!.*value)[^']+)'/g, `$1?mutant=${number}'`);
};

function load({ workflows }, number) {
  return `() => require('./${workflows}.js?mutant=${number}')`;
}

function replace(source, from, to) {
  if (!source.includes(from)) throw new Error(`Nothing to mutate: ${from}`);
  return source.replace(from, () => to);
}

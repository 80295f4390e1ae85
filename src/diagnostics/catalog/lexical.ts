import { defineCatalog, msg } from '../define.js';

/** Characters, words and the layout of lines. */
export const lexical = defineCatalog({
  TWF101: {
    name: 'unknown-character',
    severity: 'error',
    message: msg`The character \`${'character'}\` means nothing outside strings and comments.`,
  },
  TWF102: {
    name: 'unclosed-string',
    severity: 'error',
    message: msg`This string has no closing \`"\` on its line.`,
  },
  TWF103: {
    name: 'single-quotes',
    severity: 'error',
    message: msg`Strings stand in double quotes.`,
  },
  TWF104: {
    name: 'malformed-number',
    severity: 'error',
    message: msg`\`${'text'}\` is neither a number, nor a duration, nor a name.`,
  },
  TWF105: {
    name: 'unclosed-bracket',
    severity: 'error',
    message: msg`\`${'bracket'}\` is never closed: its \`${'closer'}\` is missing.`,
  },
  TWF106: {
    name: 'unmatched-bracket',
    severity: 'error',
    message: msg`\`${'bracket'}\` closes nothing: no bracket of its kind is open here.`,
  },
  TWF107: {
    name: 'mixed-indentation',
    severity: 'error',
    message: msg`Line ${'line'} is indented with ${'is'}${'elsewhere'}: a file uses either tabs or spaces, so that its blocks are what they look like.`,
  },
  TWF108: {
    name: 'inconsistent-indentation',
    severity: 'error',
    message: msg`The indentation of this line fits no block above it.`,
  },
  TWF109: {
    name: 'too-many-blocks',
    severity: 'error',
    message: msg`Blocks are nested more than ${'limit'} levels deep here.`,
  },
  TWF110: {
    name: 'too-many-brackets',
    severity: 'error',
    message: msg`Brackets are nested more than ${'limit'} levels deep here.`,
  },
  TWF111: {
    name: 'unknown-escape',
    severity: 'warning',
    message: msg`\`${'escape'}\` is no escape: the backslash stands in the string as it is.`,
  },
  TWF112: {
    name: 'unclosed-hole',
    severity: 'error',
    message: msg`\`{\` before a name begins a hole of the string, and no \`}\` ends it.`,
  },
  TWF113: {
    name: 'duration-too-long',
    severity: 'error',
    message: msg`\`${'text'}\` is longer than the longest duration, ${'limit'} milliseconds.`,
  },
});

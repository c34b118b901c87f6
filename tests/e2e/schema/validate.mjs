// Reads configurations from standard input, each a JSON string on one line, and answers each with a JSON list of what
// the schema says against it. Strict: a keyword of the schema that ajv does not know is an error of the schema.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import Ajv from 'ajv'
import { parse } from 'yaml'

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true })
const validate = ajv.compile(JSON.parse(readFileSync(process.argv[2], 'utf8')))

function errorsOf(text) {
  let value
  try {
    value = parse(text)
  } catch (error) {
    return [`no YAML: ${error.message}`]
  }
  return validate(value) ? [] : validate.errors.map(({ instancePath, message }) => `${instancePath} ${message}`)
}

for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(errorsOf(JSON.parse(line))))

// A client as people write them: node's own fetch. Reads one request as JSON from standard input, prints the answer as JSON.
//
//   echo '{"url": "...", "method": "GET", "headers": {}, "body": null, "times": 1}' | node fetch.mjs
//
// `times` repeats it over kept connections; the answers come as a list.

const { url, times = 1, ...options } = JSON.parse(await new Response(process.stdin).text());
const answers = [];
for (let i = 0; i < times; i += 1) {
  const response = await fetch(url, options);
  answers.push({ status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() });
}
console.log(JSON.stringify(answers));

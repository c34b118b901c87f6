// A client as people write them: node's own fetch. Reads one request as JSON from standard input, prints the answer as JSON.
//
//   echo '{"url": "...", "method": "GET", "headers": {}}' | node fetch.mjs

const { url, ...options } = JSON.parse(await new Response(process.stdin).text());
const response = await fetch(url, options);
console.log(JSON.stringify({
  status: response.status, headers: Object.fromEntries(response.headers), body: await response.text(),
}));

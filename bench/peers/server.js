// The peer of the scorer's benchmark: fastify and onnxruntime-node, as a Node developer would write an Open Inference
// endpoint for FP32 models. MODELS is a folder with NAME/model.onnx, PORT the port to listen on.
const fs = require('fs');
const path = require('path');
const fastify = require('fastify')({ bodyLimit: 64 << 20 });
const ort = require('onnxruntime-node');

const HEADER = 'inference-header-content-length';
const sessions = new Map();

function inputs(request) {
  const body = request.body;
  const length = request.headers[HEADER];
  const json = JSON.parse(length ? body.subarray(0, Number(length)) : body);
  const feeds = {};
  let at = Number(length || 0);
  for (const input of json.inputs) {
    let data;
    if (input.parameters && input.parameters.binary_data_size !== undefined) {
      const size = input.parameters.binary_data_size;
      data = new Float32Array(body.buffer.slice(body.byteOffset + at, body.byteOffset + at + size));
      at += size;
    } else {
      data = Float32Array.from(input.data.flat(Infinity));
    }
    feeds[input.name] = new ort.Tensor('float32', data, input.shape);
  }
  return { feeds, id: json.id, binary: Boolean(json.parameters && json.parameters.binary_data_output) };
}

function answer(reply, model, id, binary, results) {
  const outputs = [];
  const parts = [];
  for (const [name, tensor] of Object.entries(results)) {
    const output = { name, datatype: 'FP32', shape: tensor.dims };
    if (binary) {
      output.parameters = { binary_data_size: tensor.data.byteLength };
      parts.push(Buffer.from(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength));
    } else {
      output.data = Array.from(tensor.data);
    }
    outputs.push(output);
  }
  const json = Buffer.from(JSON.stringify({ model_name: model, model_version: '1', id, outputs }));
  if (!binary) {
    return reply.type('application/json').send(json);
  }
  return reply.header('Inference-Header-Content-Length', json.length).type('application/octet-stream').send(Buffer.concat([json, ...parts]));
}

fastify.removeAllContentTypeParsers();
fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => done(null, body));
fastify.get('/ready', async () => ({ ready: true }));
fastify.post('/v2/models/:model/infer', async (request, reply) => {
  const session = sessions.get(request.params.model);
  if (!session) {
    return reply.code(404).send({ error: `there is no model '${request.params.model}'` });
  }
  const { feeds, id, binary } = inputs(request);
  return answer(reply, request.params.model, id, binary, await session.run(feeds));
});

async function main() {
  for (const name of fs.readdirSync(process.env.MODELS)) {
    const file = path.join(process.env.MODELS, name, 'model.onnx');
    sessions.set(name, await ort.InferenceSession.create(file, { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' }));
  }
  await fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
}

main();

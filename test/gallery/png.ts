/** Packs a PNG as small as its format allows: the browser is in a hurry when it writes one. */
import { constants, crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE_BYTES = 8;
/** PNG (third edition) section 5.3: length, type, data, checksum. */
const LENGTH_BYTES = 4;
const TYPE_BYTES = 4;
const CHECKSUM_BYTES = 4;

export function packPng(png: Buffer): Buffer {
  const chunks = [...chunksOf(png)];
  const data = inflateSync(
    Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data)),
  );
  const packed = deflateSync(data, { level: 9, memLevel: 9, strategy: constants.Z_DEFAULT_STRATEGY });
  const kept = (type: string) => chunks.filter((chunk) => chunk.type === type);
  return Buffer.concat([
    png.subarray(0, SIGNATURE_BYTES),
    ...[...kept('IHDR'), { type: 'IDAT', data: packed }, ...kept('IEND')].map(toBytes),
  ]);
}

interface Chunk {
  type: string;
  data: Buffer;
}

function* chunksOf(png: Buffer): Generator<Chunk> {
  for (let at = SIGNATURE_BYTES; at < png.length; ) {
    const dataAt = at + LENGTH_BYTES + TYPE_BYTES;
    const length = png.readUInt32BE(at);
    yield {
      type: png.toString('latin1', at + LENGTH_BYTES, dataAt),
      data: png.subarray(dataAt, dataAt + length),
    };
    at = dataAt + length + CHECKSUM_BYTES;
  }
}

function toBytes({ type, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(LENGTH_BYTES), Buffer.alloc(CHECKSUM_BYTES)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

namespace MlKit.Dashboard.History;

/// <summary>Messages of one signal, joined: protobuf messages that stand one after another are one message.</summary>
/// <param name="Signal">What it holds.</param>
/// <param name="Items">How many spans, log records, points or lines.</param>
/// <param name="Payload">The message.</param>
internal sealed record RecordedBatch(RecordedSignal Signal, int Items, byte[] Payload);

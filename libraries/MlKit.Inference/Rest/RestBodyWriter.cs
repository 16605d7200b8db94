using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlKit.Inference.Rest;

/// <summary>Writes bodies of <c>/infer</c>, requests and responses, with tensors as JSON or as binary data behind it.</summary>
public static class RestBodyWriter
{
    /// <summary>Writing a response never waits, so that one writer for each thread is enough.</summary>
    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    internal static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes a request whose tensors are all binary, and asks for binary outputs.</summary>
    /// <returns>The length of the JSON part, for <see cref="RestHeaders.InferenceHeaderLength"/>.</returns>
    public static int WriteRequest(IBufferWriter<byte> output, InferRequest request)
    {
        using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
        if (request.Id is not null)
        {
            writer.WriteString("id"u8, request.Id);
        }

        writer.WriteStartObject("parameters"u8);
        JsonParameters.Write(writer, request.Parameters);
        if (!request.Parameters.ContainsKey("binary_data_output"))
        {
            writer.WriteBoolean("binary_data_output"u8, true);
        }

        writer.WriteEndObject();
        WriteTensors(writer, "inputs"u8, request.Inputs, _ => true);
        WriteRequested(writer, request.Outputs);
        writer.WriteEndObject();
        writer.Flush();
        return AppendBinary(output, writer, request.Inputs, _ => true) ?? (int)writer.BytesCommitted;
    }

    /// <summary>Writes a response.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="response">What.</param>
    /// <param name="isBinary">Which outputs go as binary data.</param>
    /// <returns>The length of the JSON part; null where no output is binary, so that the body is JSON only.</returns>
    /// <exception cref="InferenceException">An output has no JSON form and is not binary.</exception>
    public static int? WriteResponse(IBufferWriter<byte> output, InferResponse response, Func<Tensor, bool> isBinary) =>
        WriteResponse(output, response, isBinary, out _);

    /// <summary>Writes a response and says how long it is.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="response">What.</param>
    /// <param name="isBinary">Which outputs go as binary data.</param>
    /// <param name="total">Bytes of the whole body.</param>
    /// <returns>The length of the JSON part; null where no output is binary, so that the body is JSON only.</returns>
    /// <exception cref="InferenceException">An output has no JSON form and is not binary.</exception>
    public static int? WriteResponse(IBufferWriter<byte> output, InferResponse response, Func<Tensor, bool> isBinary, out long total)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(isBinary);
        for (var i = 0; i < response.Outputs.Count; i++)
        {
            if (!isBinary(response.Outputs[i]))
            {
                JsonTensorWriter.Check(response.Outputs[i]);
            }
        }

        var writer = _writer ??= new Utf8JsonWriter(output, Options);
        writer.Reset(output);
        try
        {
            writer.WriteStartObject();
            writer.WriteString("model_name"u8, response.ModelName);
            writer.WriteString("model_version"u8, response.ModelVersion);
            if (response.Id is not null)
            {
                writer.WriteString("id"u8, response.Id);
            }

            WriteTensors(writer, "outputs"u8, response.Outputs, isBinary);
            writer.WriteEndObject();
            writer.Flush();
            total = writer.BytesCommitted + BinaryLength(response.Outputs, isBinary);
            return AppendBinary(output, writer, response.Outputs, isBinary);
        }
        finally
        {
            // What was written before a failure must not reach the next response.
            writer.Reset(Stream.Null);
        }
    }

    private static void WriteRequested(Utf8JsonWriter writer, IReadOnlyList<RequestedOutput> outputs)
    {
        if (outputs.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("outputs"u8);
        foreach (var wanted in outputs)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, wanted.Name);
            writer.WriteStartObject("parameters"u8);
            JsonParameters.Write(writer, wanted.Parameters);
            if (!wanted.Parameters.ContainsKey("binary_data"))
            {
                writer.WriteBoolean("binary_data"u8, true);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTensors(
        Utf8JsonWriter writer, ReadOnlySpan<byte> list, IReadOnlyList<Tensor> tensors, Func<Tensor, bool> isBinary)
    {
        writer.WriteStartArray(list);
        for (var i = 0; i < tensors.Count; i++)
        {
            var tensor = tensors[i];
            writer.WriteStartObject();
            writer.WriteString("name"u8, tensor.Name);
            writer.WriteString("datatype"u8, tensor.DataType.WireName());
            writer.WriteStartArray("shape"u8);
            foreach (var dimension in tensor.Shape)
            {
                writer.WriteNumberValue(dimension);
            }

            writer.WriteEndArray();
            WriteContent(writer, tensor, isBinary(tensor));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteContent(Utf8JsonWriter writer, Tensor tensor, bool binary)
    {
        if (binary || tensor.Parameters.Count > 0)
        {
            writer.WriteStartObject("parameters"u8);
            JsonParameters.Write(writer, tensor.Parameters);
            if (binary)
            {
                writer.WriteNumber("binary_data_size"u8, tensor.Data.Length);
            }

            writer.WriteEndObject();
        }

        if (!binary)
        {
            writer.WriteStartArray("data"u8);
            JsonTensorWriter.Write(writer, tensor);
            writer.WriteEndArray();
        }
    }

    private static long BinaryLength(IReadOnlyList<Tensor> tensors, Func<Tensor, bool> isBinary)
    {
        var length = 0L;
        for (var i = 0; i < tensors.Count; i++)
        {
            length += isBinary(tensors[i]) ? tensors[i].Data.Length : 0;
        }

        return length;
    }

    /// <summary>The length of the JSON; null where no tensor is binary.</summary>
    private static int? AppendBinary(
        IBufferWriter<byte> output, Utf8JsonWriter writer, IReadOnlyList<Tensor> tensors, Func<Tensor, bool> isBinary)
    {
        var any = false;
        for (var i = 0; i < tensors.Count; i++)
        {
            if (isBinary(tensors[i]))
            {
                any = true;
                output.Write(tensors[i].Data.Span);
            }
        }

        return any ? (int)writer.BytesCommitted : null;
    }
}

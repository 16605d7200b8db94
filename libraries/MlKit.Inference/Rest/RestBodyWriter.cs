using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlKit.Inference.Rest;

/// <summary>Writes bodies of <c>/infer</c>, requests and responses, with tensors as JSON or as binary data behind it.</summary>
public static class RestBodyWriter
{
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
        return AppendBinary(output, writer, request.Inputs, _ => true);
    }

    /// <summary>Writes a response.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="response">What.</param>
    /// <param name="isBinary">Which outputs go as binary data.</param>
    /// <returns>The length of the JSON part; null where no output is binary, so that the body is JSON only.</returns>
    /// <exception cref="InferenceException">An output has no JSON form and is not binary.</exception>
    public static int? WriteResponse(IBufferWriter<byte> output, InferResponse response, Func<Tensor, bool> isBinary)
    {
        using var writer = new Utf8JsonWriter(output, Options);
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
        return response.Outputs.Any(isBinary) ? AppendBinary(output, writer, response.Outputs, isBinary) : null;
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
        foreach (var tensor in tensors)
        {
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

    private static int AppendBinary(
        IBufferWriter<byte> output, Utf8JsonWriter writer, IReadOnlyList<Tensor> tensors, Func<Tensor, bool> isBinary)
    {
        foreach (var tensor in tensors)
        {
            if (isBinary(tensor))
            {
                output.Write(tensor.Data.Span);
            }
        }

        return (int)writer.BytesCommitted;
    }
}

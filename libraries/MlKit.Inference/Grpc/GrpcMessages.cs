using Google.Protobuf;
using Google.Protobuf.Collections;
using MlKit.Inference.Grpc.Messages;

namespace MlKit.Inference.Grpc;

/// <summary>Translates between the protobuf messages and the library's own.</summary>
public static class GrpcMessages
{
    /// <summary>Reads a request; tensors come raw or typed, never both.</summary>
    /// <exception cref="InferenceException">It is malformed; the message names the tensor.</exception>
    public static InferRequest ToRequest(ModelInferRequest message)
    {
        ArgumentNullException.ThrowIfNull(message);
        CheckRaw(message.RawInputContents.Count, message.Inputs.Count, message.Inputs.Any(input => input.Contents is not null));
        var raw = message.RawInputContents.Count > 0;
        var inputs = new List<Tensor>(message.Inputs.Count);
        for (var i = 0; i < message.Inputs.Count; i++)
        {
            var input = message.Inputs[i];
            inputs.Add(ToTensor(input.Name, input.Datatype, input.Shape, raw ? message.RawInputContents[i].Memory : (ReadOnlyMemory<byte>?)null, input.Contents, input.Parameters));
        }

        return new InferRequest
        {
            ModelName = message.ModelName,
            ModelVersion = message.ModelVersion,
            Id = message.Id.Length == 0 ? null : message.Id,
            Parameters = ToParameters(message.Parameters),
            Inputs = inputs,
            Outputs = [.. message.Outputs.Select(output => new RequestedOutput(output.Name) { Parameters = ToParameters(output.Parameters) })],
        };
    }

    /// <summary>Writes a request with raw tensors.</summary>
    public static ModelInferRequest FromRequest(InferRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var message = new ModelInferRequest { ModelName = request.ModelName, ModelVersion = request.ModelVersion, Id = request.Id ?? "" };
        FromParameters(request.Parameters, message.Parameters);
        foreach (var input in request.Inputs)
        {
            var tensor = new ModelInferRequest.Types.InferInputTensor { Name = input.Name, Datatype = input.DataType.WireName(), Shape = { input.Shape } };
            FromParameters(input.Parameters, tensor.Parameters);
            message.Inputs.Add(tensor);
            message.RawInputContents.Add(ByteString.CopyFrom(input.Data.Span));
        }

        foreach (var output in request.Outputs)
        {
            var wanted = new ModelInferRequest.Types.InferRequestedOutputTensor { Name = output.Name };
            FromParameters(output.Parameters, wanted.Parameters);
            message.Outputs.Add(wanted);
        }

        return message;
    }

    /// <summary>Writes a response with raw tensors.</summary>
    public static ModelInferResponse ToResponse(InferResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        var message = new ModelInferResponse { ModelName = response.ModelName, ModelVersion = response.ModelVersion, Id = response.Id ?? "" };
        foreach (var output in response.Outputs)
        {
            var tensor = new ModelInferResponse.Types.InferOutputTensor { Name = output.Name, Datatype = output.DataType.WireName(), Shape = { output.Shape } };
            FromParameters(output.Parameters, tensor.Parameters);
            message.Outputs.Add(tensor);
            // The tensor's memory belongs to this response alone, so it is not copied again.
            message.RawOutputContents.Add(UnsafeByteOperations.UnsafeWrap(output.Data));
        }

        return message;
    }

    /// <summary>Reads a response; tensors come raw or typed.</summary>
    /// <exception cref="InferenceException">It is malformed.</exception>
    public static InferResponse FromResponse(ModelInferResponse message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var raw = message.RawOutputContents;
        CheckRaw(raw.Count, message.Outputs.Count, typed: false);
        return new InferResponse
        {
            ModelName = message.ModelName,
            ModelVersion = message.ModelVersion,
            Id = message.Id.Length == 0 ? null : message.Id,
            Outputs = [.. message.Outputs.Select((output, i) => ToTensor(
                output.Name, output.Datatype, output.Shape, raw.Count > 0 ? raw[i].Memory : (ReadOnlyMemory<byte>?)null, output.Contents, output.Parameters))],
        };
    }

    /// <summary>Writes the description of a model.</summary>
    public static ModelMetadataResponse Describe(ModelMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var message = new ModelMetadataResponse { Name = metadata.Name, Versions = { metadata.Versions }, Platform = metadata.Platform };
        message.Inputs.AddRange(metadata.Inputs.Select(Describe));
        message.Outputs.AddRange(metadata.Outputs.Select(Describe));
        message.Properties.Add(metadata.Parameters?.ToDictionary() ?? []);
        return message;
    }

    private static ModelMetadataResponse.Types.TensorMetadata Describe(TensorMetadata tensor) =>
        new() { Name = tensor.Name, Datatype = tensor.Datatype, Shape = { tensor.Shape } };

    private static void CheckRaw(int raw, int tensors, bool typed)
    {
        if (raw > 0 && typed)
        {
            throw InferenceException.Invalid("raw contents and typed contents are both there; one of them is allowed");
        }

        if (raw > 0 && raw != tensors)
        {
            throw InferenceException.Invalid($"{raw} raw contents for {tensors} tensors; each tensor needs one");
        }
    }

    private static Tensor ToTensor(
        string name, string datatype, RepeatedField<long> shape, ReadOnlyMemory<byte>? raw, InferTensorContents? contents,
        MapField<string, InferParameter> parameters)
    {
        if (!TensorDataTypes.TryParse(datatype, out var type))
        {
            throw InferenceException.Invalid($"tensor '{name}': datatype is '{datatype}', allowed are {TensorDataTypes.AllNames}");
        }

        var isEmpty = raw is null && contents is null && shape.Contains(0);
        var data = raw ?? (isEmpty ? ReadOnlyMemory<byte>.Empty : TypedContents.ToBinary(name, type, contents));
        return new Tensor(name, type, [.. shape], data) { Parameters = ToParameters(parameters) };
    }

    private static Dictionary<string, object> ToParameters(MapField<string, InferParameter> message)
    {
        var parameters = new Dictionary<string, object>(message.Count, StringComparer.Ordinal);
        foreach (var (name, value) in message)
        {
            parameters[name] = value.ParameterChoiceCase switch
            {
                InferParameter.ParameterChoiceOneofCase.BoolParam => value.BoolParam,
                InferParameter.ParameterChoiceOneofCase.Int64Param => value.Int64Param,
                InferParameter.ParameterChoiceOneofCase.Uint64Param => value.Uint64Param,
                InferParameter.ParameterChoiceOneofCase.DoubleParam => value.DoubleParam,
                _ => value.StringParam,
            };
        }

        return parameters;
    }

    private static void FromParameters(IReadOnlyDictionary<string, object> parameters, MapField<string, InferParameter> message)
    {
        foreach (var (name, value) in parameters)
        {
            message[name] = value switch
            {
                bool flag => new InferParameter { BoolParam = flag },
                long number => new InferParameter { Int64Param = number },
                int number => new InferParameter { Int64Param = number },
                ulong number => new InferParameter { Uint64Param = number },
                double number => new InferParameter { DoubleParam = number },
                _ => new InferParameter { StringParam = Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) },
            };
        }
    }
}

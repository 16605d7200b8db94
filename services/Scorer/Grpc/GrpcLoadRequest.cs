using System.Text;
using MlKit.Inference;
using MlKit.Inference.Grpc.Messages;
using MlKit.Scorer.Loading;

namespace MlKit.Scorer.Grpc;

/// <summary>Reads the parameters of a load call.</summary>
internal static class GrpcLoadRequest
{
    /// <exception cref="InferenceException">InvalidArgument: one of them is wrong; the message names it.</exception>
    public static LoadOverride Read(IEnumerable<KeyValuePair<string, ModelRepositoryParameter>> parameters)
    {
        string? config = null;
        var files = new List<KeyValuePair<string, byte[]>>();
        foreach (var (name, value) in parameters)
        {
            if (name == "config")
            {
                config = value.ParameterChoiceCase == ModelRepositoryParameter.ParameterChoiceOneofCase.BytesParam
                    ? Encoding.UTF8.GetString(value.BytesParam.Span)
                    : value.StringParam;
            }
            else if (LoadOverride.IsFile(name))
            {
                files.Add(new(name, value.BytesParam.ToByteArray()));
            }
            else
            {
                throw new InferenceException(InferenceErrorKind.InvalidArgument, $"parameter '{name}' is unknown; allowed: config and file:PATH");
            }
        }

        return LoadOverride.Read(config, files);
    }
}

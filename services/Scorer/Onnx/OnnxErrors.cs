using Microsoft.ML.OnnxRuntime;
using MlKit.Inference;

namespace MlKit.Scorer.Onnx;

/// <summary>Tells a caller's mistake from a failure of the server, by the code in ONNX Runtime's message.</summary>
internal static class OnnxErrors
{
    /// <summary>Codes with which ONNX Runtime answers inputs that a model cannot compute.</summary>
    private static readonly string[] CallersMistakes = ["[ErrorCode:InvalidArgument]", "[ErrorCode:RuntimeException]", "[ErrorCode:Fail]"];

    public static InferenceException Translate(OnnxRuntimeException error) => Array.Exists(CallersMistakes, error.Message.Contains)
        ? new InferenceException(InferenceErrorKind.InvalidArgument, $"the model refused the inputs: {error.Message}", error)
        : new InferenceException(InferenceErrorKind.Internal, $"the model failed: {error.Message}", error);
}

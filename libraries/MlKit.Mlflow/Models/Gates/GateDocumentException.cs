namespace MlKit.Mlflow;

/// <summary>A gate document is broken, foreign, out of date or about other files; the message says which.</summary>
public sealed class GateDocumentException : Exception
{
    /// <summary>Creates the exception.</summary>
    public GateDocumentException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public GateDocumentException(string message, Exception cause)
        : base(message, cause)
    {
    }
}

namespace MlKit.Storage;

/// <summary>A key is not allowed, or clashes with what is there.</summary>
public sealed class ObjectKeyException : IOException
{
    /// <summary>Says which key, and what is wrong with it.</summary>
    public ObjectKeyException(string key, string problem)
        : base($"'{key}' is not a valid key here: {problem}.")
    {
    }
}

namespace MlKit.Recommendation.Data;

/// <summary>A data set cannot be read; the message names the file, the line where there is one, and what is allowed.</summary>
public sealed class DataFormatException : Exception
{
    /// <summary>A fault of a whole file or folder.</summary>
    public DataFormatException(string path, string reason)
        : base($"{path}: {reason}")
    {
        Path = path;
    }

    /// <summary>A fault of one line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">Line (or row) number, from 1.</param>
    /// <param name="reason">What is wrong and what is allowed.</param>
    /// <param name="fault">One of <see cref="RowFault"/> where a lenient reader may leave the row out; else null.</param>
    public DataFormatException(string path, long line, string reason, string? fault = null)
        : base($"{path}:{line}: {reason}")
    {
        Path = path;
        Line = line;
        Fault = fault;
    }

    /// <summary>The file or folder.</summary>
    public string Path { get; }

    /// <summary>The line number from 1, or null where the fault is not of one line.</summary>
    public long? Line { get; }

    /// <summary>What kind of fault of a row it is, or null where the whole file cannot be used.</summary>
    public string? Fault { get; }
}

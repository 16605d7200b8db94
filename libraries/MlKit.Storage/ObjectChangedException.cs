namespace MlKit.Storage;

/// <summary>A conditional write found another version than it asked for.</summary>
public sealed class ObjectChangedException : IOException
{
    /// <summary>Names the object.</summary>
    public ObjectChangedException(string key)
        : base($"'{key}' was changed by someone else; read it again and repeat.")
    {
    }
}

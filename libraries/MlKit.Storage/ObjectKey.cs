namespace MlKit.Storage;

/// <summary>Checks keys: nothing that a file system could read as another place.</summary>
internal static class ObjectKey
{
    /// <summary>The parts of a key.</summary>
    /// <exception cref="ObjectKeyException">It is not allowed.</exception>
    public static string[] Parts(string key)
    {
        var parts = key.Split('/');
        foreach (var part in parts)
        {
            if (part.Length == 0 || part.All(character => character == '.'))
            {
                throw new ObjectKeyException(key, "no part may be empty or consist of dots only");
            }

            if (part.Any(character => character == '\\' || char.IsControl(character)))
            {
                throw new ObjectKeyException(key, "backslashes and control characters are not allowed");
            }
        }

        if (parts[0].Length == 2 && parts[0][1] == ':')
        {
            throw new ObjectKeyException(key, "drive letters are not allowed");
        }

        return parts;
    }
}

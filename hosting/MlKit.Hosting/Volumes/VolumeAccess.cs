namespace MlKit.Hosting;

/// <summary>Who may mount a volume, and how.</summary>
public enum VolumeAccess
{
    /// <summary>The pods of one node, for reading and writing.</summary>
    ReadWriteOnce = 0,

    /// <summary>Many nodes, for reading.</summary>
    ReadOnlyMany = 1,

    /// <summary>Many nodes, for reading and writing; needs a storage class for it.</summary>
    ReadWriteMany = 2,

    /// <summary>One pod only.</summary>
    ReadWriteOncePod = 3,
}

namespace MlKit.Mlflow;

/// <summary>Which lifecycle stages a search sees.</summary>
public enum ViewType
{
    /// <summary>What is not deleted.</summary>
    ActiveOnly,

    /// <summary>What is deleted and can be restored.</summary>
    DeletedOnly,

    /// <summary>Both.</summary>
    All,
}
